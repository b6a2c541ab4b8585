/**
 * Life events over HTTP: reports by whoever has a relation to the person, verification and withdrawal by the operator.
 *
 * <p>What follows from an event is in {@link phr.consent.lifecourse}; nothing is decided here.
 */
@NullMarked
package phr.gateway.lifeevents;

import org.jspecify.annotations.NullMarked;
