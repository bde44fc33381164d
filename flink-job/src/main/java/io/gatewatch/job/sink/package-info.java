/** Where rows go: tables of a database, or files and standard output in sorted order. */
package io.gatewatch.job.sink;
