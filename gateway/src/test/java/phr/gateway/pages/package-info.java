@NullMarked
package phr.gateway.pages;

import org.jspecify.annotations.NullMarked;
