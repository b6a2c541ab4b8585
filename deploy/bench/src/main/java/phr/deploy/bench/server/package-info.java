/** The servers that are compared, each as a process of its own that works on the one PostgreSQL. */
@NullMarked
package phr.deploy.bench.server;

import org.jspecify.annotations.NullMarked;
