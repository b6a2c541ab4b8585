@NullMarked
package phr.gateway.authorities;

import org.jspecify.annotations.NullMarked;
