/**
 * How the gateway calls others by itself: one signed request to an address that was checked, threads that go on as long as there
 * is something to deliver, pauses after failures. What is delivered, and in which order, is the business of the outboxes.
 */
@NullMarked
package phr.gateway.delivery;

import org.jspecify.annotations.NullMarked;
