@NullMarked
package phr.gateway.disaster;

import org.jspecify.annotations.NullMarked;
