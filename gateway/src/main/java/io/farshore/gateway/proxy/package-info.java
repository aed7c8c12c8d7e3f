/**
 * The data plane: HTTP/1.1 in, HTTP/1.1 out, on the event loops of Vert.x. Messages are taken apart
 * by Netty's strict decoders and always framed anew, so what one side could misread never reaches
 * the other. A client's connection, its request and the upstream's connection stay on one event
 * loop for their whole life: nothing here locks, and no request waits for another thread.
 */
@NullMarked
package io.farshore.gateway.proxy;

import org.jspecify.annotations.NullMarked;
