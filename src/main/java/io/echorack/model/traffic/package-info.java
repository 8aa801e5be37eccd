/// What happened: events, and the port by which the data plane tells them.
@NullMarked
package io.echorack.model.traffic;

import org.jspecify.annotations.NullMarked;
