/** Tests of what the demo compares and shows; the journey itself is run by {@code deploy/demo --check}. */
@NullMarked
package phr.deploy.demo;

import org.jspecify.annotations.NullMarked;
