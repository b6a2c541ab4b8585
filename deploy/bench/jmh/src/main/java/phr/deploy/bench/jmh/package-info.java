/** Single steps, measured by JMH: what a sample costs to pack, to unpack and to write as FHIR, and what a decision costs. */
@NullMarked
package phr.deploy.bench.jmh;

import org.jspecify.annotations.NullMarked;
