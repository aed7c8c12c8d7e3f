/** The manifests, checked. */
@NullMarked
package io.farshore.k8s;

import org.jspecify.annotations.NullMarked;
