@NullMarked
package phr.gateway.simulation;

import org.jspecify.annotations.NullMarked;
