/** What the machine can do without any server between: the measure of how much is left to gain. */
@NullMarked
package phr.deploy.bench.raw;

import org.jspecify.annotations.NullMarked;
