/** What a controller is made of: a work queue, a reconcile loop and leader election. */
@NullMarked
package io.terraorbit.foundation.controller;

import org.jspecify.annotations.NullMarked;
