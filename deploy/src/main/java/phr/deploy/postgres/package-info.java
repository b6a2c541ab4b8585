/**
 * A real PostgreSQL on this computer without installing one: for the demo and for the tests of every module.
 *
 * <p>Safe by default: durable commits, password, loopback only. No schema and no table of the product lives here.
 */
@NullMarked
package phr.deploy.postgres;

import org.jspecify.annotations.NullMarked;
