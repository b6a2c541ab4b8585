@NullMarked
package phr.gateway.ledgers;

import org.jspecify.annotations.NullMarked;
