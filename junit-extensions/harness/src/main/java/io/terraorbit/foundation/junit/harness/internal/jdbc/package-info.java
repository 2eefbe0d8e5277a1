/** PostgreSQL by JDBC: {@code DataSource} and {@code Connection}. */
@NullMarked
package io.terraorbit.foundation.junit.harness.internal.jdbc;

import org.jspecify.annotations.NullMarked;
