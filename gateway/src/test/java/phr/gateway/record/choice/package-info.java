/** One source is believed where several count the same: the rules, without a store. */
@NullMarked
package phr.gateway.record.choice;

import org.jspecify.annotations.NullMarked;
