import "./conversation.js"
import "./composer.js"
import "./list.js"
import "./presence_line.js"
