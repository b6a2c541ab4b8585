@NullMarked
package phr.gateway.notices;

import org.jspecify.annotations.NullMarked;
