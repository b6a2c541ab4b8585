/**
 * A load generator that leaves the processor to the servers: plain keep-alive sockets, request bodies by copying bytes, answers
 * drained and counted, not parsed.
 */
@NullMarked
package phr.deploy.bench.http;

import org.jspecify.annotations.NullMarked;
