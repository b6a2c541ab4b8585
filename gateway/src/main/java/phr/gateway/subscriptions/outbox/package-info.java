/**
 * Deliveries to subscribers: ids are written down with the data they name, and turned into notifications when they are delivered:
 * at least once, in order per subscription, by any node.
 */
@NullMarked
package phr.gateway.subscriptions.outbox;

import org.jspecify.annotations.NullMarked;
