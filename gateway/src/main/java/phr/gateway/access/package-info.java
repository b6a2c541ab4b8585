/**
 * The enforcement point: from a caller and a path to a permit, with exactly one audit entry before the answer leaves.
 *
 * <p>Every endpoint that touches a record comes through {@link phr.gateway.access.RecordAccess}.
 */
@NullMarked
package phr.gateway.access;

import org.jspecify.annotations.NullMarked;
