@NullMarked
package phr.gateway.labelling;

import org.jspecify.annotations.NullMarked;
