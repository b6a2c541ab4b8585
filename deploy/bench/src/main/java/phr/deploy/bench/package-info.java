/**
 * The benchmark: our gateway and a HAPI FHIR JPA server one after the other on the same PostgreSQL with the same data over HTTP,
 * and what the machine could do at best. Started by {@code deploy/bench/run}.
 *
 * <p>Here is the program; works, servers and raw limits have rooms of their own. No part of the product depends on this.
 */
@NullMarked
package phr.deploy.bench;

import org.jspecify.annotations.NullMarked;
