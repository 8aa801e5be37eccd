/// The page: its record, its texts in two languages, its templates and its static files.
@NullMarked
package io.echorack.http.page;

import org.jspecify.annotations.NullMarked;
