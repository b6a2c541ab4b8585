@NullMarked
package phr.gateway.quarantine;

import org.jspecify.annotations.NullMarked;
