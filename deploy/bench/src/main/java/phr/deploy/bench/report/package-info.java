/** What was found, as a table to look at, as JSON to compare and as Markdown to keep. */
@NullMarked
package phr.deploy.bench.report;

import org.jspecify.annotations.NullMarked;
