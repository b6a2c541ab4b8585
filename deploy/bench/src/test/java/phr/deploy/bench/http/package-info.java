@NullMarked
package phr.deploy.bench.http;

import org.jspecify.annotations.NullMarked;
