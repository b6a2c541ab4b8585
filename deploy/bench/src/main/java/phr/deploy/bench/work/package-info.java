/**
 * What is measured: one small class a work. Each is done with every {@link phr.deploy.bench.server.Contender} that can do it, on
 * the same data.
 */
@NullMarked
package phr.deploy.bench.work;

import org.jspecify.annotations.NullMarked;
