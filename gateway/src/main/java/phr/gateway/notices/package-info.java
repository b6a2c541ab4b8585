/**
 * Notices to recipients (撤回等の通知; consent-semantics.md §9, §15): written with the change of consent they tell of, delivered at
 * least once and in order per recipient, by signed webhook or fetched by the recipient, and visible to the person.
 *
 * <p>A notice names the person by the recipient's own id of her and says nothing of her record. Denies are nobody's business and
 * are not told.
 */
@NullMarked
package phr.gateway.notices;

import org.jspecify.annotations.NullMarked;
