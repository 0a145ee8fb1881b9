/** graphql-js looks twice at each value that it completes unless it is told so, and makes its choice when it is loaded: this is imported first. */
process.env['NODE_ENV'] ??= 'production';
