@NullMarked
package io.farshore.audit.service;

import org.jspecify.annotations.NullMarked;
