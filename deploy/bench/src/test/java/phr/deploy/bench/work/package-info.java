@NullMarked
package phr.deploy.bench.work;

import org.jspecify.annotations.NullMarked;
