/** What DataStory adds to the graph. */
import './source.schema.ts';
import './task/schema.ts';
import './task/list.schema.ts';
import './task/mutation.schema.ts';
import './task/stream.schema.ts';
