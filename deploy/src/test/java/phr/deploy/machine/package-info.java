/** Tests of processes, ports and the cache. */
@NullMarked
package phr.deploy.machine;

import org.jspecify.annotations.NullMarked;
