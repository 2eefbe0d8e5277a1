/**
 * Server-side apply, as pure functions of plain values: who owns which fields of an object, what an
 * applied configuration makes of it, and where two owners are at odds.
 *
 * <p>A {@link io.terraorbit.foundation.apply.FieldSet} is a set of paths. A {@link
 * io.terraorbit.foundation.apply.TypedValue} is a value of {@code foundation-json} with its {@link
 * io.terraorbit.foundation.apply.FieldType}, and knows its fields, what changed against another
 * value, what a merge gives, and what is left without some fields. {@link
 * io.terraorbit.foundation.apply.ManagedFields} says who owns what; {@link
 * io.terraorbit.foundation.apply.Tracking} is the algorithm that puts these together. Nothing here
 * knows HTTP, a store or a clock.
 */
@NullMarked
package io.terraorbit.foundation.apply;

import org.jspecify.annotations.NullMarked;
