@NullMarked
package io.echorack.traffic.lanes;

import org.jspecify.annotations.NullMarked;
