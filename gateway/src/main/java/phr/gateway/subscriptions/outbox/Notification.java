package phr.gateway.subscriptions.outbox;

import phr.consent.Permit;
import phr.gateway.audit.Tally;
import phr.gateway.delivery.Outgoing;

/**
 * Ready to leave.
 *
 * @param permit under which it was made
 * @param tally of what it carries; its end is recorded when it has left
 */
record Notification(Outgoing request, Permit permit, Tally tally) {}
