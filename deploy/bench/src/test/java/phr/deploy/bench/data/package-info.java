@NullMarked
package phr.deploy.bench.data;

import org.jspecify.annotations.NullMarked;
