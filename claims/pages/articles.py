from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import ListView, TemplateView

from claims.models.article import Article
from claims.pages.page import PagedPage, SluggedPage
from claims.presentation.records import Record, documents_of, public_claims
from claims.presentation.segments import paragraphs, places
from claims.presentation.statements import find
from claims.presentation.strip import strip


class ArticleListView(PagedPage, ListView):
    template_name = "claims/article_list.html"
    title = gettext_lazy("Articles")
    description = gettext_lazy("The articles whose statements are checked here.")
    paginate_by = 20
    context_object_name = "articles"
    data = "api:article-list"

    def get_queryset(self) -> QuerySet:
        claims = public_claims().filter(article=OuterRef("pk")).order_by().values("article")
        number = Subquery(claims.annotate(number=Count("pk")).values("number"))
        return Article.objects.public().select_related("outlet").defer("text", "limits").annotate(statements=number)


class ArticleView(SluggedPage, TemplateView):
    """The article's text, with its statements marked."""

    template_name = "claims/article.html"
    subject: Article

    def get_subject(self) -> Article:
        for article in Article.objects.public().select_related("outlet").filter(pk=self.kwargs["pk"]):
            return article
        raise Http404(_("There is no article with published claims at this address."))

    def get_address(self) -> str:
        return self.subject.get_absolute_url()

    def get_title(self) -> str:
        return self.subject.title

    def get_description(self) -> str:
        return _("The article with each checked statement marked in its place and linked to its verdict.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        article = self.subject
        records = Record.read(documents_of(public_claims().filter(article=article)))
        statements, lost = find(article.text, records)
        cut = paragraphs(article.text, statements)
        return super().get_context_data(
            article=article,
            paragraphs=cut,
            statements=statements,
            strip=strip(len(article.text), statements),
            places=places(cut),
            lost=lost,
            moved=sum(statement.is_moved for statement in statements),
            heading=ngettext("%(number)d statement", "%(number)d statements", len(records)) % {"number": len(records)},
            **kwargs,
        )
