/**
 * JSON as plain Java values, so that no library's tree type shows in anybody's API: an object is an
 * unmodifiable {@code Map<String, Object>} in document order, an array an unmodifiable {@code
 * List<Object>}, a string a {@code String}, a number a {@code Long}, {@code BigInteger} or {@code
 * Double}, the rest {@code Boolean} and {@code null}.
 */
@NullMarked
package io.terraorbit.foundation.json;

import org.jspecify.annotations.NullMarked;
