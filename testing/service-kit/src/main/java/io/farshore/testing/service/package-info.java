/** What tests of one service need around it. */
@NullMarked
package io.farshore.testing.service;

import org.jspecify.annotations.NullMarked;
