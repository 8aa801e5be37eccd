/// What is: the ports to the data plane and the store, and what they show.
@NullMarked
package io.echorack.model.engine;

import org.jspecify.annotations.NullMarked;
