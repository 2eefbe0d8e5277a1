/**
 * What a request does to the store, without a word of HTTP: the rules of create, update, delete and
 * watch.
 */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.verbs;

import org.jspecify.annotations.NullMarked;
