/**
 * The record store on PostgreSQL: plain JDBC, one partition per group of persons.
 *
 * <p>Payloads are encrypted and every compared value is blinded with the person's data key before it reaches the database.
 * Only the store's beans are seen from outside, through the port in {@link phr.gateway.record}.
 */
@NullMarked
package phr.gateway.record.postgres;

import org.jspecify.annotations.NullMarked;
