/**
 * Persons, organisations with their client applications, and the pairwise ids by which organisations know persons.
 *
 * <p>No record data lives here beyond the account, and no access is decided here.
 */
@NullMarked
package phr.gateway.people;

import org.jspecify.annotations.NullMarked;
