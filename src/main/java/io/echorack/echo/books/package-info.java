/// What happens on connections and with peers: counted, told and listed.
@NullMarked
package io.echorack.echo.books;

import org.jspecify.annotations.NullMarked;
