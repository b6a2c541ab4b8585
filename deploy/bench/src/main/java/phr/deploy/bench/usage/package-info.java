/** What work costs: processor time and memory of processes, bytes on disk, and how busy others keep the machine meanwhile. */
@NullMarked
package phr.deploy.bench.usage;

import org.jspecify.annotations.NullMarked;
