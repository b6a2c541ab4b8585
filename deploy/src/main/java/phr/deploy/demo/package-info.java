/**
 * The main job from end to end, as a newcomer should see it: starts everything, talks to the public HTTP API only, shows
 * each request with its real answer and, when asked, compares the answers with what is expected.
 *
 * <p>Nothing here calls code of the gateway; what the demo can do, any client can.
 */
@NullMarked
package phr.deploy.demo;

import org.jspecify.annotations.NullMarked;
