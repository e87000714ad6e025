/** A book of the catalogue and who wrote it. */
interface Book {
  readonly isbn13: string;
  readonly title: string;
  readonly subtitle: string;
  /** All authors, the first one in the list of authors. */
  readonly authors: readonly [string, ...string[]];
}

const books: readonly Book[] = [
  {
    isbn13: "9781617293825",
    title: "Serverless Architectures on AWS",
    subtitle: "With examples using AWS Lambda",
    authors: ["Peter Sbarski"],
  },
  {
    isbn13: "9781788390071",
    title: "Kubernetes on AWS",
    subtitle: "Deploy and manage production-ready Kubernetes clusters on AWS",
    authors: ["Ed Robinson"],
  },
  {
    isbn13: "9781789130669",
    title: "AWS Certified Solutions Architect - Associate Guide",
    subtitle: "The ultimate exam guide to AWS Solutions Architect certification",
    authors: ["Gabriel Ramirez", "Stuart Scott"],
  },
  {
    isbn13: "9781789340198",
    title: "AWS Lambda Quick Start Guide",
    subtitle: "Learn how to build and deploy serverless applications on AWS",
    authors: ["Markus Klems"],
  },
  {
    isbn13: "9781789535549",
    title: "Designing AWS Environments",
    subtitle: "Architect large-scale cloud infrastructures with AWS",
    authors: ["Mitesh Soni"],
  },
  {
    isbn13: "9781789539974",
    title: "Effective DevOps with AWS, 2nd Edition",
    subtitle: "Implement continuous delivery and integration in the AWS environment",
    authors: ["Yogesh Raheja", "Giuseppe Borgese", "Nathaniel Felsen"],
  },
  {
    isbn13: "9781789805024",
    title: "Serverless Architectures with AWS",
    subtitle: "Discover how you can migrate from traditional deployments to serverless architectures with AWS",
    authors: ["Mohit Gupta"],
  },
  { isbn13: "9781119371847", title: "AWS for Developers For Dummies", subtitle: "", authors: ["John Paul Mueller"] },
  {
    isbn13: "9781449305444",
    title: "Python and AWS Cookbook",
    subtitle: "Managing Your Cloud with Python and Boto",
    authors: ["Mitch Garnaat"],
  },
  {
    isbn13: "9781449333584",
    title: "Building a Windows IT Infrastructure in the Cloud",
    subtitle: "Distributed Hosted Environments with AWS",
    authors: ["David K. Rensin"],
  },
];

type Files = Readonly<Record<string, string>>;

const file = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;

/** An author's name as a part of a path: letters and hyphens. */
const authorId = (name: string): string => name.replace(/[^A-Za-z ]/g, "").replace(/ /g, "-");

const entry = ({ title, subtitle, isbn13 }: Book): string => file({ title, subtitle, isbn13 });

/** What the book service answers: `list`, and each book by its ISBN. */
export const bookFiles: Files = {
  list: file({
    books: books.map(({ title, subtitle, isbn13, authors }) => ({
      title,
      subtitle,
      isbn13,
      author: authors.join(", "),
      // Relative to the list, so that it holds behind any stage.
      link: isbn13,
    })),
  }),
  ...Object.fromEntries(books.map((book) => [book.isbn13, entry(book)])),
};

/** What the author service answers: `list`, and the book of each author by the author's id in the list. */
export const authorFiles: Files = {
  list: file({
    authors: books.map(({ isbn13, authors: [author] }) => ({ author, id: authorId(author), books: isbn13 })),
  }),
  ...Object.fromEntries(books.map((book) => [authorId(book.authors[0]), entry(book)])),
};

/** Server of static JSON on port 80, for an nginx that does not start as root. */
export const staticJsonServer: Files = {
  "default.conf": [
    "server {",
    "  listen 80;",
    "  root /usr/share/nginx/html;",
    "  default_type application/json;",
    "}",
    "",
  ].join("\n"),
};
