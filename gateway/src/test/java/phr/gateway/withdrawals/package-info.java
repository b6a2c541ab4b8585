@NullMarked
package phr.gateway.withdrawals;

import org.jspecify.annotations.NullMarked;
