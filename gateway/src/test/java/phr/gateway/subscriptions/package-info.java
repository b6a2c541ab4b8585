/** Subscriptions as organisations, the person's own app and hostile clients use them. */
@NullMarked
package phr.gateway.subscriptions;

import org.jspecify.annotations.NullMarked;
