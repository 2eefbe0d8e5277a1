/**
 * What the server publishes of its kinds: OpenAPI documents, made when they are first asked for.
 */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.openapi;

import org.jspecify.annotations.NullMarked;
