@NullMarked
package phr.gateway.emergency;

import org.jspecify.annotations.NullMarked;
